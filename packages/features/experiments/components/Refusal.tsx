"use client";

export { RefusalAlert } from "./shared/RefusalAlert";
