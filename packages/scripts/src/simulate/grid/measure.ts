export type Measure =
  | "false-verdicts"
  | "coverage-difference"
  | "coverage-lift"
  | "power"
  | "power-as-before"
  | "compares";
