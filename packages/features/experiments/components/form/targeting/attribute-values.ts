import { readJson } from "@calcom/lib/gate/json-text";
import { isRecord } from "@calcom/lib/json";
import type { Condition } from "../../../lib/conditions/condition";
import { type ConditionGroup, emptyGroup, toCondition } from "./condition-model";
import { fromCondition } from "./read-condition";

/** The rules on attributes while they are typed. */
export type AttributeValues = { mode: "rules"; group: ConditionGroup } | { mode: "json"; text: string };

export const noAttributes: AttributeValues = { mode: "rules", group: emptyGroup };

export function toAttributeValues(condition: Condition | undefined): AttributeValues {
  const group = fromCondition(condition ?? {});
  return group === null
    ? { mode: "json", text: JSON.stringify(condition, null, 2) }
    : { mode: "rules", group };
}

/** Undefined where nothing is asked; what cannot be read the schema refuses, in words. */
export function fromAttributeValues(values: AttributeValues): Condition | undefined {
  if (values.mode === "rules") {
    const condition = toCondition(values.group);
    return Object.keys(condition).length === 0 ? undefined : condition;
  }
  if (values.text.trim() === "") return undefined;
  return readJson(values.text) as Condition;
}

export function asJson(values: AttributeValues & { mode: "rules" }): AttributeValues {
  return { mode: "json", text: JSON.stringify(toCondition(values.group), null, 2) };
}

/** Null for a text that the rules cannot say. */
export function asRules({ text }: AttributeValues & { mode: "json" }): AttributeValues | null {
  const condition = text.trim() === "" ? {} : readJson(text);
  const group = isRecord(condition) ? fromCondition(condition as Condition) : null;
  return group && { mode: "rules", group };
}
