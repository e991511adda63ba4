"""The race lab on the screen."""


async def test_a_race_and_its_table(opened):
    async with opened("race hidden=4 length=5 batch=2 steps=30") as app:
        await app.until("space lets them run")
        await app.press("c")
        await app.until("The code is there once the race has begun")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(30)
        await app.until("done   same steps: after 30")
        lines = app.text.splitlines()
        for name in ("RNN", "LSTM", "peephole LSTM", "GRU"):
            row = next((line for line in lines if line.strip().startswith(name + " ")), app.text)
            assert " 30 " in row and "steps/s" not in row, row
        assert sum("*" in line for line in lines if " 30 " in line) >= 1
        await app.press("c")
        await app.until("class Recurrent")
