/** The settings that send events to an analytics service. Tests and simulated people must not reach any of them. */
export const trackerSettings = ["POSTHOG_KEY"] as const;
