import { isRecord } from "@calcom/lib/json";
/** A condition on the attributes of a subject, such as `{ "country": { "$in": ["DE", "AT"] } }`; TARGETING.md has the semantics. */
export type Condition = { [pathOrOperator: string]: ConditionOperand };
export type ConditionOperand =
  | string
  | number
  | boolean
  | null
  | ConditionOperand[]
  | { [key: string]: ConditionOperand };
export type Scalar = string | number | boolean | null;

/** Bounds on what an admin may store, so that no condition is slow to check, to compile or to evaluate. */
export const conditionLimits = {
  /** How deeply objects may be nested. */
  depth: 8,
  /** The number of paths, operators, and entries of `$and`, `$or`, `$nor`. */
  nodes: 200,
  listItems: 1_000,
  pathChars: 200,
  textChars: 1_000,
  /** The length of all paths and texts together. */
  totalChars: 64_000,
  patterns: 20,
} as const;

/** The operand that each operator on a value expects. */
export const operandOf = {
  $eq: "literal",
  $ne: "literal",
  $in: "list",
  $nin: "list",
  $all: "list",
  $gt: "ordered",
  $gte: "ordered",
  $lt: "ordered",
  $lte: "ordered",
  $exists: "boolean",
  $type: "type",
  $size: "size",
  $regex: "pattern",
  $veq: "version",
  $vne: "version",
  $vgt: "version",
  $vgte: "version",
  $vlt: "version",
  $vlte: "version",
  $not: "test",
  $elemMatch: "element",
} as const;
export type ValueOperator = keyof typeof operandOf;

/** The operators that stand where an attribute's name would; `$not` stands in both places. */
export const combiners = ["$and", "$or", "$nor", "$not"] as const;
export type Combiner = (typeof combiners)[number];

export const typeNames = ["string", "number", "boolean", "array", "object", "null"] as const;
export type TypeName = (typeof typeNames)[number];

export const isValueOperator = (key: string): key is ValueOperator => Object.hasOwn(operandOf, key);
export const isCombiner = (key: string): key is Combiner => (combiners as readonly string[]).includes(key);
export const isOperatorLike = (key: string): boolean => key.startsWith("$");

export function isScalar(value: unknown): value is Scalar {
  return (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value))
  );
}

/** Whether it asks something of a value (`{ "$gt": 5 }`), rather than being a value itself. */
export function isTest(operand: unknown): operand is Record<string, unknown> {
  return isRecord(operand) && Object.keys(operand).some(isOperatorLike);
}

/**
 * Whether an operand of `$elemMatch` asks something of the element itself rather than of its attributes.
 * Alone, `$not` follows what it negates.
 */
export function isElementTest(operand: Record<string, unknown>): boolean {
  const keys = Object.keys(operand);
  if (keys.some((key) => isValueOperator(key) && key !== "$not")) return true;
  if (keys.length !== 1 || keys[0] !== "$not") return false;
  const negated = operand.$not;
  return !isRecord(negated) || isElementTest(negated);
}
