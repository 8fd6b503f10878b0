import type { PostHog } from "posthog-js/dist/module.slim.no-external";
import type { ExperimentAnswer } from "../../types/answers";
import type { HostId } from "../../types/host-id";
import { hasDeclined } from "./consent";

export interface ClientTrackerSettings {
  /** PostHog's project key. */
  key: string;
  /** Where events go: a path of this very site that passes them on, or PostHog's own address. */
  host: string;
}

export interface TrackedPerson {
  userId: HostId | null;
  visitorId: string | null;
}

/**
 * PostHog in the browser. The server sends all experiment events. This tracker puts the variants that were seen on all
 * other events, under the same distinct id: the visitor's, and after sign-in the user's.
 * It does nothing before it is started or where PostHog is blocked, and never throws.
 */
export interface ClientTracker {
  /** Loads the SDK when the browser is idle. Call it again when another person uses the browser. */
  start(settings: ClientTrackerSettings, person: TrackedPerson): void;
  seen(answer: Pick<ExperimentAnswer, "slug" | "variant"> & { subject?: string | null }): void;
  capture(event: string, properties?: Record<string, unknown>): void;
  /** Consent was withdrawn: nothing is sent any more, and nothing of PostHog's stays in this browser. */
  stop(): void;
}

type Sdk = Pick<
  PostHog,
  | "init"
  | "capture"
  | "identify"
  | "reset"
  | "register_for_session"
  | "get_distinct_id"
  | "get_property"
  | "set_config"
>;
type LoadSdk = () => Promise<{ default: Sdk }>;

/** How many calls are kept until the SDK has loaded. The oldest are dropped. */
const QUEUE_LIMIT = 50;
/** Load the SDK after this long even if the page is never idle. */
const IDLE_AT_LAST_MS = 2_000;

// The slim build: 57 kB instead of 127, and none of it fetches further scripts.
const loadSlim: LoadSdk = () => import("posthog-js/dist/module.slim.no-external");

export function createClientTracker(load: LoadSdk = loadSlim): ClientTracker {
  let person: TrackedPerson = NOBODY;
  let state: "idle" | "loading" | "failed" | Sdk = "idle";
  let queue: ((sdk: Sdk) => void)[] = [];
  let isStopped = false;

  return {
    start(settings, next) {
      if (hasDeclined()) return;
      const wasStopped = isStopped;
      isStopped = false;
      const isAnother = next.userId !== person.userId || next.visitorId !== person.visitorId;
      // Queued calls belong to the previous user: drop them rather than credit someone else.
      if (isAnother && state === "loading") queue = [];
      person = next;
      if (state === "idle") {
        state = "loading";
        whenIdle(() => void begin(settings));
      } else if (typeof state === "object" && (isAnother || wasStopped)) {
        tell(state, (sdk) => {
          if (wasStopped) sdk.set_config({ disable_persistence: false });
          settle(sdk);
        });
      }
    },
    seen({ slug, variant, subject }) {
      const team = /^team:(.*)$/s.exec(subject ?? "")?.[1];
      // For this session only: an experiment that is over must not mark events for ever.
      run((sdk) =>
        sdk.register_for_session({
          [`$feature/${slug}`]: variant,
          // Only signed-in users see a team's variant, so PostHog accepts the group. The last team is the active one.
          ...(team === undefined ? {} : { $groups: { team } }),
        }),
      );
    },
    capture(event, properties) {
      run((sdk) => sdk.capture(event, properties));
    },
    stop() {
      isStopped = true;
      queue = [];
      person = NOBODY;
      if (typeof state === "object") tell(state, forget);
      // An earlier page may have kept something, and this one has not loaded the SDK.
      else forgetPostHog();
    },
  };

  async function begin(settings: ClientTrackerSettings): Promise<void> {
    try {
      const { default: sdk } = await load();
      if (isStopped) {
        state = "idle";
        return;
      }
      sdk.init(settings.key, {
        api_host: settings.host,
        defaults: "2026-01-30",
        person_profiles: "identified_only",
        // Storage only: a cookie would be sent with every request, and would have to be removed too.
        persistence: "localStorage",
        before_send: (event) => (isSilent() ? null : event),
        // The id of a browser that PostHog meets for the first time, or anew after a reset.
        get_device_id: (random) => person.visitorId ?? random,
        // PostHog must not evaluate flags beside us: its variants would differ from ours.
        advanced_disable_flags: true,
        autocapture: false,
        capture_pageview: false,
        capture_pageleave: false,
        disable_session_recording: true,
        disable_surveys: true,
        disable_external_dependency_loading: true,
        // On localhost it would turn visitors into persons, unlike in production.
        internal_or_test_user_hostname: null,
      });
      settle(sdk);
      for (const command of queue) tell(sdk, command);
      state = sdk;
    } catch {
      // Blocked or offline: go on without analytics, and log nothing.
      state = "failed";
    }
    queue = [];
  }

  function settle(sdk: Sdk): void {
    const { userId, visitorId } = person;
    const current = sdk.get_distinct_id();
    const wanted = userId === null ? visitorId : String(userId);
    if (current === wanted) return;
    const wasSomebody = sdk.get_property("$user_state") === "identified";
    // Only identify if the current distinct id is this visitor. Otherwise PostHog would merge two people.
    if (wasSomebody || (visitorId !== null && current !== visitorId)) sdk.reset(true);
    if (userId !== null) sdk.identify(String(userId));
  }

  function forget(sdk: Sdk): void {
    sdk.reset(true);
    // From here on the SDK remembers things only until the page is left.
    sdk.set_config({ disable_persistence: true });
    forgetPostHog();
  }

  /** Also where the consent was withdrawn in another tab. */
  function isSilent(): boolean {
    return isStopped || hasDeclined();
  }

  function run(command: (sdk: Sdk) => void): void {
    if (isSilent()) return;
    if (typeof state === "object") tell(state, command);
    else if (state !== "failed") queue = [...queue.slice(1 - QUEUE_LIMIT), command];
  }
}

/** An error of the SDK, in a browser that lacks something, must not stop the reports of experiments. */
function tell(sdk: Sdk, command: (sdk: Sdk) => void): void {
  try {
    command(sdk);
  } catch {
    // Analytics go without, and so quietly.
  }
}

const NOBODY: TrackedPerson = { userId: null, visitorId: null };

/** Everything that the SDK keeps begins with these, whatever the key. */
const OWN_STORAGE = /^(__)?ph_/;

function forgetPostHog(): void {
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const name of Object.keys(storage)) if (OWN_STORAGE.test(name)) storage.removeItem(name);
  } catch {
    // Where storage is forbidden nothing was ever kept.
  }
}

function whenIdle(callback: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(callback, { timeout: IDLE_AT_LAST_MS });
  else setTimeout(callback);
}
