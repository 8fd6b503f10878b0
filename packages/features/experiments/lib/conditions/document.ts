import { isRecord } from "@calcom/lib/json";
import { type ConditionOperand, isScalar, type Scalar } from "./condition";
import { allOf, everybody, isListed, type Predicate } from "./predicates";
import { ownValue } from "./values";

/**
 * A compiled condition. Most conditions compare one attribute with a value or a list. These are kept as data: calling a
 * function costs more than the comparison, and more memory accesses.
 */
export class ConditionDocument {
  readonly #fields: readonly Field[];
  readonly #others: Predicate;
  readonly #paths: ReadonlySet<string>;

  /** All fields and all others must hold. */
  constructor(fields: readonly Field[], others: readonly Predicate[], paths: ReadonlySet<string>) {
    this.#fields = fields;
    this.#others = allOf(others);
    this.#paths = paths;
  }

  /** Never throws, whatever the attributes hold. */
  matches(attributes: unknown): boolean {
    // A plain object inherits nothing under a name that a condition may have, so it need not be asked whose a value is.
    const isPlain = isPlainObject(attributes);
    for (const field of this.#fields) {
      const value = isPlain ? (attributes[field.key] ?? null) : ownValue(attributes, field.key);
      if (!holds(field, value)) return false;
    }
    return this.#others === everybody || this.#others(attributes);
  }

  /** The dotted paths that it reads. */
  get paths(): readonly string[] {
    return [...this.#paths];
  }
}

/** The test of one attribute. All tests have the same shape, which makes reading them cheap. */
export interface Field {
  readonly key: string;
  /** The value to equal, if neither of the others is given. */
  readonly literal: Scalar;
  readonly listed: ReadonlySet<unknown> | null;
  readonly test: Predicate | null;
}

export function fieldOf(
  key: string,
  operand: ConditionOperand,
  compileTest: (operand: ConditionOperand) => Predicate,
): Field {
  if (isScalar(operand)) return { key, literal: operand, listed: null, test: null };
  const list = onlyList(operand);
  if (list !== null) return { key, literal: null, listed: new Set(list), test: null };
  return { key, literal: null, listed: null, test: compileTest(operand) };
}

function holds({ literal, listed, test }: Field, value: unknown): boolean {
  if (test !== null) return test(value);
  if (listed !== null) return isListed(listed, value);
  return value === literal;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The list of `{ $in: […] }`, if nothing else is tested. */
function onlyList(operand: ConditionOperand): Scalar[] | null {
  if (!isRecord(operand) || Object.keys(operand).length !== 1 || !Array.isArray(operand.$in)) return null;
  return operand.$in as Scalar[];
}
