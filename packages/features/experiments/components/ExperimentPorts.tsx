"use client";

// What the components ask of an application. Apart from them, so that a page loads no more of these than it shows.
export { type EndPort, EndPortProvider } from "./dialogs/end-port";
export { MetricsProvider } from "./form/metrics-port";
export { type AudiencePort, AudiencePortProvider } from "./form/targeting/audience-port";
export { type MetricsPort, MetricsPortProvider } from "./metrics/metrics-admin-port";
export { type PlanningPort, PlanningPortProvider } from "./planning/planning-port";
