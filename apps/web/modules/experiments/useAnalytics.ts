import { mirrorVisitorId } from "@calcom/features/experiments";
import { useEffect } from "react";
import { fetchReader } from "../consent/fetch-reader";
import type { Reader } from "../consent/types";
import { tracker } from "./transport";

/** Null without a key or consent: then PostHog's code is never loaded. A static page has to ask. */
export type PostHogFor = Reader["posthog"] | "ask";

/** Starts analytics for whoever reads this page, and stops them for whoever no longer consents. */
export function useAnalytics(posthog: PostHogFor, userId: number | null, visitorId: string | null): void {
  const isAsking = posthog === "ask";
  const { key = null, host = null } = isAsking ? {} : (posthog ?? {});
  useEffect(() => {
    if (isAsking) return;
    begin({ userId, visitorId, posthog: key === null || host === null ? null : { key, host } });
  }, [isAsking, key, host, userId, visitorId]);
  useEffect(() => {
    if (!isAsking) return;
    let isGone = false;
    void fetchReader().then((reader) => {
      if (!isGone && reader !== null) begin(reader);
    });
    return () => {
      isGone = true;
    };
  }, [isAsking]);
}

function begin({ userId, visitorId, posthog }: Pick<Reader, "userId" | "visitorId" | "posthog">): void {
  if (visitorId !== null) mirrorVisitorId(visitorId);
  if (posthog === null) tracker.stop();
  else tracker.start(posthog, { userId, visitorId });
}
