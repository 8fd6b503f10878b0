import { isRecord } from "@calcom/lib/json";
import {
  type Condition,
  type ConditionOperand,
  isCombiner,
  isScalar,
  isTest,
} from "../../../lib/conditions/condition";
import {
  type ConditionGroup,
  type ConditionNode,
  type ConditionRule,
  isText,
  RULE_OPERATORS,
  type RuleOperator,
  takesList,
  writeScalar,
} from "./condition-model";

/** The group that a condition was made of; null for one that says more than rules in groups can. */
export function fromCondition(condition: Condition): ConditionGroup | null {
  const entries = Object.entries(condition);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === "$or" || only[0] === "$and"))
    return groupOf(only[0] === "$or" ? "any" : "all", only[1]);
  const children = entries.map(([key, operand]) => nodeOf(key, operand));
  return children.some((child) => child === null)
    ? null
    : { kind: "group", join: "all", children: children.filter((child) => child !== null) };
}

function groupOf(join: "all" | "any", operand: ConditionOperand): ConditionGroup | null {
  if (!Array.isArray(operand)) return null;
  const children = operand.map((part) => {
    const group = isRecord(part) ? fromCondition(part as Condition) : null;
    // A group of one rule is that rule.
    return group?.children.length === 1 ? (group.children[0] ?? null) : group;
  });
  return children.some((child) => child === null)
    ? null
    : { kind: "group", join, children: children.filter((child) => child !== null) };
}

function nodeOf(key: string, operand: ConditionOperand): ConditionNode | null {
  if (key === "$or") return groupOf("any", operand);
  if (key === "$and") return groupOf("all", operand);
  if (isCombiner(key)) return null;
  const rule = (operator: RuleOperator, values: string[]): ConditionRule => ({
    kind: "rule",
    path: key,
    operator,
    values,
  });
  if (isScalar(operand)) return rule("is", [writeScalar(operand)]);
  if (!isTest(operand)) return null;
  const [[name, asked] = ["", null], ...others] = Object.entries(operand);
  if (others.length > 0) return null;
  if (name === "$exists") return rule(asked === true ? "is_known" : "is_unknown", []);
  const operator = (Object.keys(RULE_OPERATORS) as RuleOperator[]).find(
    (known) => RULE_OPERATORS[known] === name,
  );
  if (operator === undefined) return null;
  if (takesList(operator))
    return Array.isArray(asked) && asked.every(isScalar) ? rule(operator, asked.map(writeScalar)) : null;
  if (!isScalar(asked)) return null;
  return rule(operator, [isText(operator) ? String(asked) : writeScalar(asked)]);
}
