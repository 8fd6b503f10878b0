// The door to procedures, for features that are administered beside experiments.
export { mutation, type Procedures, query } from "./procedure";
