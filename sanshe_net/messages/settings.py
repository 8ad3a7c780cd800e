"""Settings and options."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error

MESSAGES: Final[dict[str, Message]] = {
    "E-SETTINGS-SYNTAX": error(
        "设置文件不是有效的 TOML：{reason}。请改正后再运行。",
        "The settings file is not valid TOML: {reason}. Correct it and run again.",
    ),
    "E-SETTINGS-KEY": error(
        "设置里没有“{found}”这一项。可用：{allowed}。", "There is no setting {found}. Allowed: {allowed}."
    ),
    "E-SETTINGS-VALUE": error(
        "设置“{key}”的值 {found} 不可用。需要：{allowed}。",
        "The value {found} of setting {key} cannot be used. Needed: {allowed}.",
    ),
    "E-PERIOD": error(
        "没有时段“{found}”。记录里有：{allowed}。", "There is no period {found}. The records have: {allowed}."
    ),
}
