// The client-safe door: neither React nor zod behind it, so that proxies and bundles stay small.
export { isBotAgent } from "./lib/bot";
export { PREVIEW_COOKIE, PREVIEW_MARK_COOKIE } from "./lib/preview-cookie";
export {
  MAX_PREVIEWS,
  PREVIEW_PARAM_PREFIX,
  PREVIEW_TOKEN_PARAM,
  signPreview,
  type WantedVariant,
} from "./lib/preview-link";
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
// Exported as a whole: only then can the application augment ExperimentRegistry under this name.
export * from "./registry";
export type {
  AssignmentType,
  Claims,
  Decision,
  ExperimentAnswer,
  Json,
  Plan,
  Reason,
  Status,
  Unit,
} from "./types";
export { SERVED_REASONS, UNSERVED_REASONS } from "./types/answers";
export { unservedAnswer } from "./utils/unserved-answer";
