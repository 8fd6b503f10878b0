// Runs before the first component of every page, so that conversions are also sent where no experiment is shown.
import "./modules/experiments/transport";
