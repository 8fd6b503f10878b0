export { ExposuresChart } from "./ExposuresChart";
export { commonLiftScale, LiftAxis, LiftInterval } from "./LiftInterval";
export { LiftOverTimeChart } from "./LiftOverTimeChart";
export { NoveltyChart } from "./NoveltyChart";
export { SegmentsTable } from "./SegmentsTable";
export { type Figures, useFigures } from "./useFigures";
