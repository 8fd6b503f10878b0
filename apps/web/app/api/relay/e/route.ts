import { relayToPostHog } from "@/modules/experiments/analytics-relay";

export { relayToPostHog as POST };
