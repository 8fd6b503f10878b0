import type { Translate } from "@calcom/lib/i18n";
import { isRecord, type Json } from "@calcom/lib/json";
import { heldMetricSchema } from "../../types/metric-catalog";
import { registeredMetricSchema } from "../../types/metrics";
import { toAttributeValues } from "../form/targeting/attribute-values";
import { conditionText } from "../shared/condition-text";
import type { Format } from "../shared/useFormat";
import { settingKind, settingName } from "./setting-name";
import { choiceKeys, roleOfMetricKeys } from "./setting-words";

export interface SettingWords {
  t: Translate;
  format: Format;
  /** A metric as people call it. */
  metricName: (key: string) => string;
}

/** A value as people read it: a moment in the reader's zone, a word for a choice, "None" for nothing. */
export function settingValue(path: string, value: Json, words: SettingWords): string {
  const { t } = words;
  const kind = settingKind(path);
  // People have written it, and whatever is in it is theirs.
  if (kind === "payload") return typeof value === "string" ? value : JSON.stringify(value);
  if (isNothing(value)) return t("experiment_nothing");
  const whole = wholes[kind]?.(value, words) ?? null;
  if (whole !== null) return whole;
  if (Array.isArray(value)) return value.map((part) => settingValue(path, part, words)).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([key, part]) => `${settingName(key, t)}: ${settingValue(`${path}.${key}`, part, words)}`)
      .join(", ");
  return leafText(kind, value, words);
}

function leafText(
  kind: string,
  value: string | number | boolean,
  { t, format, metricName }: SettingWords,
): string {
  if (typeof value === "boolean") return t(value ? "on" : "off");
  if (typeof value === "number") {
    if (SHARES.has(kind)) return format.percentage(value);
    if (DAYS.has(kind)) return t("experiment_days", { count: value });
    // An id is a name, and has no thousands.
    return IDS.has(kind) ? String(value) : format.count(value);
  }
  const choices = choiceKeys[kind];
  if (choices !== undefined) return Object.hasOwn(choices, value) ? t(choices[value] ?? "") : value;
  if (METRICS.has(kind)) return metricName(value);
  return TEXTS.has(kind) ? value : momentText(value, format);
}

/** Also of what somebody has written by hand: a moment is never shown as machines write it. */
function momentText(value: string, { moment }: Format): string {
  const date = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) ? new Date(value) : null;
  return date === null || Number.isNaN(date.getTime()) ? value : moment(date);
}

/** What says something only as a whole; null where it is not what it should be. */
const wholes: Record<string, (value: Json, words: SettingWords) => string | null> = {
  userAttributes(value, { t, format }) {
    if (!isRecord(value)) return null;
    const values = toAttributeValues(value as never);
    return values.mode === "json" ? values.text : conditionText(values.group, { t, ...format });
  },
  ranges: (value, words) => rangeText(value, words),
  registeredMetrics(value, { t, metricName }) {
    const read = registeredMetricSchema.array().safeParse(value);
    if (!read.success) return null;
    return read.data.map(({ key, role }) => `${metricName(key)} (${t(roleOfMetricKeys[role])})`).join(", ");
  },
  catalogMetrics(value, { t }) {
    const read = heldMetricSchema.array().safeParse(value);
    if (!read.success) return null;
    const texts = read.data.map(({ version, definition: { name } }) =>
      t("activity_catalog_metric", { name, version }),
    );
    return texts.join(", ");
  },
  convertedFrom: (value, words) =>
    isRecord(value) && typeof value.type === "string" ? leafText("type", value.type, words) : null,
};

function rangeText(value: Json, { format }: SettingWords): string | null {
  if (!isRecord(value)) return null;
  const { from, to } = value;
  return typeof from === "number" && typeof to === "number"
    ? `${format.percentage(from)} – ${format.percentage(to)}`
    : null;
}

function isNothing(value: Json): value is null {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

const SHARES = new Set(["percentage", "trafficPercentage", "rolloutPercentage", "effect"]);
const DAYS = new Set(["conversionWindowDays", "minimumRuntimeDays"]);
const IDS = new Set([
  "ownerId",
  "teamIds",
  "organizationIds",
  "userId",
  "grantedById",
  "actorId",
  "hashVersion",
]);
const METRICS = new Set(["primary", "secondary", "guardrails"]);
/** What people have typed: a text that looks like a moment is still theirs. */
const TEXTS = new Set([
  "slug",
  "name",
  "description",
  "hypothesis",
  "withoutMetric",
  "control",
  "winnerVariant",
  "variant",
  "learning",
  "tags",
]);
