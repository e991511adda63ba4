"""The activations lab on the screen."""


def shown(app):
    return app.app.screen.panel.shown


async def test_the_cursor_moves_and_the_numbers_follow(opened):
    async with opened("activations x=0") as app:
        await app.until("0.5")
        assert "── sigmoid" in app.text and "xx saturated" in app.text and "beyond ±5.99" in app.text
        await app.press(*["right"] * 5)
        await app.until("x = 0.5 ")
        await app.until("0.622459")
        await app.press("shift+left")
        await app.until("x = −0.5 ")
        await app.press(*["shift+left"] * 9)
        await app.until("x = −8 ")
        await app.until("!")
        await app.press("u")
        await app.until("x = −7.5 ")


async def test_a_place_is_typed(opened):
    async with opened("activations") as app:
        await app.until("10 layers")
        await app.press("e")
        await app.until("x, from -8 to 8")
        await app.press("9", "enter")
        await app.until("x=9.0 is not allowed")
        await app.press("backspace", "-", "2", ".", "2", "5", "enter")
        await app.until("x = −2.25 ")


async def test_functions_are_compared_and_bent(opened):
    async with opened("activations") as app:
        await app.until("sigmoid: f =")
        await app.press("up")
        await app.until("sigmoid has nothing to bend")
        await app.press("s", "s", "s")
        await app.until("leaky ReLU: f = x above 0, else 0.01·x")
        await app.press("up", "up")
        await app.until("else 0.03·x")
        await app.press("v", "v", "v")
        await app.until("ReLU: f = x above 0, else 0 ")
        assert shown(app).beside == "relu" and shown(app).negative == 0.03
        await app.press("b", "plus", "minus", "minus")
        await app.until("9 layers")
        assert shown(app).shown == ("relu",)
        await app.press("enter")
        await app.until("not saturated")
        await app.press("c")
        await app.until("torch.relu")


async def test_bounds_are_said(opened):
    async with opened("activations layers=50 function=leaky negative=0") as app:
        await app.until("50 layers")
        await app.press("plus")
        await app.until("layers=51 is not allowed: layers is a whole number from 1 to 50.")
        await app.press("down")
        await app.until("negative=-0.01 is not allowed")


async def test_it_fits_beside_a_page(opened):
    async with opened("activations beside=elu", size=(80, 24)) as app:
        await app.until("at most")
        app.app.screen.panel.styles.width = 50
        await app.until(lambda: "at most" not in app.text and "10 layers" in app.text)
