// The client-safe door: neither React nor zod behind it, so that proxies and bundles stay small.

export type { Json } from "@calcom/lib/json";
export { isBotAgent } from "./lib/bot";
export { cookieNames, readBrowserCookie } from "./lib/cookie-names";
export { isFetchedAhead } from "./lib/fetched-ahead";
export { PREVIEW_COOKIE, PREVIEW_MARK_COOKIE } from "./lib/preview-cookie";
export {
  MAX_PREVIEWS,
  PREVIEW_PARAM_PREFIX,
  PREVIEW_TOKEN_PARAM,
  signPreview,
  type WantedVariant,
} from "./lib/preview-link";
export {
  FIRST_SIGHT_HEADER,
  type MadeFor,
  type PreparedVisitor,
  prepareVisitor,
  type VisitorSettings,
} from "./lib/visitor-cookie";
export {
  CONSENT_COOKIE,
  mintVisitorId,
  mirrorVisitorId,
  signVisitorId,
  VISITOR_COOKIE,
  VISITOR_COOKIE_MAX_AGE_SECONDS,
  VISITOR_STORAGE_KEY,
  type Visitor,
  verifyVisitorId,
} from "./lib/visitor-id";
export type { Decision, ExperimentAnswer, Reason } from "./types/answers";
export { SERVED_REASONS, UNSERVED_REASONS } from "./types/answers";
export type { HostId } from "./types/host-id";
// Exported as a whole: only then can the application augment ExperimentRegistry under this name.
export * from "./types/registry";
export type { Claims } from "./types/reports";
export type { AssignmentType, Plan, Status, Unit } from "./types/settings";
export { unservedAnswer } from "./types/unserved-answer";
