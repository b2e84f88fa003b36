"""Status and direction of small areas, and the test of how well they have told what came."""

from barometer.signals.backtest import RULES, BacktestRow, backtest
from barometer.signals.panel import SignalPanel, severed_years, signal_panel
from barometer.signals.reading import read_panel
from barometer.signals.status import COURSES, Signals, signals_of, signals_years

__all__ = [
    "COURSES",
    "RULES",
    "BacktestRow",
    "SignalPanel",
    "Signals",
    "backtest",
    "read_panel",
    "severed_years",
    "signal_panel",
    "signals_of",
    "signals_years",
]
