"""Whether the desktop asks for less movement."""

import sys
from functools import cache

_TIMEOUT = 50  # milliseconds that a desktop has to answer

# Where Linux desktops keep it, through their portal: name space, key, and the value that asks for less.
_SETTINGS = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", False),
)


@cache
def reduced_motion() -> bool:
    """Tell whether the desktop asks for less movement; one that says nothing does not. It is asked once."""
    if sys.platform == "win32":
        return not _windows_animates()
    if sys.platform == "linux":
        return any(_portal(space, key) == value for space, key, value in _SETTINGS)
    return False


def _portal(space: str, key: str) -> object:
    """Return a setting of the desktop, None if there is none."""
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant  # Linux only, and late

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "ReadOne",
    )
    call.setArguments([space, key])
    answers = bus.call(call, QDBus.CallMode.Block, _TIMEOUT).arguments()
    value = answers[0] if answers else None
    return value.variant() if isinstance(value, QDBusVariant) else value


def _windows_animates() -> bool:
    import ctypes

    get_client_area_animation = 0x1042
    animates = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(  # type: ignore[attr-defined]
        get_client_area_animation, 0, ctypes.byref(animates), 0
    )
    return bool(animates.value)
