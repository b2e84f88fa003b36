"""Status and direction of small areas, and the test of how well they have told what came."""

from barometer.signals.backtest import BacktestRow, backtest
from barometer.signals.panel import SignalPanel, read_panel, severed_years, signal_panel
from barometer.signals.status import Signals, signals_of, signals_years
