from tests.ui.panels.conftest import appearance, show

__all__ = ["appearance", "show"]
