export type Measure =
  | "false-verdicts"
  | "coverage-difference"
  | "coverage-lift"
  | "possible"
  | "power"
  | "power-as-before"
  | "compares";
