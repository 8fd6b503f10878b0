import { isRecord } from "@calcom/lib/json";
import { type ConditionOperand, isScalar, type Scalar } from "./condition";
import { allOf, everybody, type Predicate } from "./predicates";
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
  readonly listed: readonly Scalar[] | null;
  readonly test: Predicate | null;
}

export function fieldOf(
  key: string,
  operand: ConditionOperand,
  compileTest: (operand: ConditionOperand) => Predicate,
): Field {
  if (isScalar(operand)) return { key, literal: operand, listed: null, test: null };
  const listed = onlyShortList(operand);
  return { key, literal: null, listed, test: listed === null ? compileTest(operand) : null };
}

function holds({ literal, listed, test }: Field, value: unknown): boolean {
  if (test !== null) return test(value);
  if (listed !== null) return isAmong(listed, value);
  return value === literal;
}

/** What `isIn` does: for a few values, comparing with each costs less than looking one up. */
function isAmong(listed: readonly Scalar[], value: unknown): boolean {
  for (const item of listed) if (item === value) return true;
  return Array.isArray(value) && value.some((member) => listed.includes(member));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The list of `{ $in: […] }`, if it is short and nothing else is tested. */
function onlyShortList(operand: ConditionOperand): Scalar[] | null {
  if (!isRecord(operand) || Object.keys(operand).length !== 1 || !Array.isArray(operand.$in)) return null;
  return operand.$in.length <= SHORT_LIST ? (operand.$in as Scalar[]) : null;
}

const SHORT_LIST = 8;
