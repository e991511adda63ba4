"""The memory lab on the screen."""

SMALL = "memory ago=1,3 hidden=8 batch=8 steps=60 lr=0.05 between=blank"


async def test_it_trains_and_says_who_recalls(opened):
    async with opened(SMALL) as app:
        await app.until("space trains")
        await app.until("gradient at the symbol, the last step's is 1: RNN ")
        assert "▐T=3▌" in app.text and "gradient" in app.text and "xx RNN" in app.text
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(30)
        await app.until("running; T=3: ")
        app.worker.train(60)
        await app.until("done; T=3: ")
        await app.until("100 %*")
        await app.press("left")
        await app.until("▐T=1▌")
        await app.until("done; T=1: learned by ")
        await app.press("v")
        await app.until(lambda: app.text.count("recalled") == 2)
        await app.press("v")
        await app.until("loss")
        await app.press("space")
        await app.until("This run has ended")
        await app.press("c")
        await app.until("nn.LSTM, 8")


async def test_single_steps_and_stop(opened):
    async with opened(SMALL) as app:
        await app.until("space trains")
        await app.press("s")
        await app.until("paused; T=3: ")
        await app.until(lambda: hasattr(app.worker.jobs[0], "run"))
        await app.press("s")
        await app.until("1 / 60")
        await app.press("x")
        await app.until("stopped; T=3: ")


async def test_there_is_room_beside_a_page(opened):
    async with opened(SMALL) as app:
        await app.until("units")
        app.app.screen.panel.styles.width = 50
        await app.until(lambda: "units" not in app.text and "▐T=3▌" in app.text)
