export { ExposuresChart } from "./ExposuresChart";
export { LiftOverTimeChart } from "./LiftOverTimeChart";
export { NoveltyChart } from "./NoveltyChart";
export { SegmentsTable } from "./SegmentsTable";
