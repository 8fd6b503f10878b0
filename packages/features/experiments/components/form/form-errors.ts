import type { Translate } from "@calcom/lib/i18n";
import { refusalOf } from "@calcom/lib/issue";
import { say } from "@calcom/lib/sentence";
import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, Resolver } from "react-hook-form";
import {
  type FieldPath,
  isAnalysisKey,
  isAssumptionKey,
  isFormKey,
  isRuleKey,
  isScheduleKey,
  isVariantKey,
} from "./form-fields";
import type { FormValues } from "./form-values";

/** A refused value and where it stands, as zod and the API report it; `path` is dotted. */
export interface Issue {
  path: string;
  message: string;
}

interface Schema {
  safeParse: (
    candidate: unknown,
  ) => { success: true } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
}

/** The schema of the API as the resolver of the form: what is refused there is refused here, in the same words. */
export function resolverOf(
  schema: Schema,
  toCandidate: (values: FormValues) => unknown,
  t: Translate,
): Resolver<FormValues> {
  return (values, _context, options) => {
    const parsed = schema.safeParse(toCandidate(values));
    if (parsed.success) return { values, errors: {} };
    const issues = parsed.error.issues.map((issue) => ({
      path: issue.path.join("."),
      message: say(t, refusalOf(issue)),
    }));
    const errors: FieldErrors = {};
    for (const { path, message } of placed(issues, values)) errors[path] = { type: "schema", message };
    return { values: {}, errors: toNestErrors<FormValues>(errors, options) };
  };
}

/** Brings each issue to the control that can mend it, one to a control: the first. */
export function placed(issues: Issue[], values: FormValues): { path: FieldPath; message: string }[] {
  const messages = new Map<FieldPath, string>();
  for (const issue of issues) {
    const { path, message } = place(issue, values);
    if (!messages.has(path)) messages.set(path, message);
  }
  return [...messages].map(([path, message]) => ({ path, message }));
}

function place({ path, message }: Issue, values: FormValues): { path: FieldPath; message: string } {
  const [top, second, third] = path.split(".");
  if (top === "variants" && second !== undefined && isVariantKey(third)) {
    return { path: `variants.${Number(second)}.${third}`, message };
  }
  if (top === "variants" || top === "control") return { path: "variants", message };
  if (top === "clientEvents")
    return { path: "clientEvents", message: quoted(values.clientEvents[Number(second)], message) };
  // Which of its rules it is, the message says.
  if (top === "targetingRules" && isRuleKey(second)) return { path: `targetingRules.${second}`, message };
  if (top === "analysis" && isAnalysisKey(second)) return { path: `analysis.${second}`, message };
  if (top === "assumptions" && isAssumptionKey(second)) return { path: `assumptions.${second}`, message };
  if (top === "schedule" && isScheduleKey(second)) return { path: `schedule.${second}`, message };
  // Errors that belong to no field are shown beside the button.
  const hasControl = top !== undefined && isFormKey(top) && top !== "targetingRules";
  return { path: hasControl ? top : "root", message };
}

function quoted(token: string | undefined, message: string): string {
  return token === undefined ? message : `${token}: ${message}`;
}
