import { HOSTILE_NAMES, HOSTILE_VALUES } from "./hostile-values";

export interface Tampered {
  /** Where, and with which of the values. */
  what: string;
  input: unknown;
}

type Path = (string | number)[];

/** Every way in which one place of an input can be hostile, made when it is asked for. */
export function listTampering(sample: unknown): (() => Tampered)[] {
  return [
    ...pathsOf(sample, []).flatMap((path) => [
      ...HOSTILE_VALUES.map((value, index) => () => ({
        what: `${path.join(".")} = value ${index}`,
        input: withValue(sample, path, value),
      })),
      ...(path.length === 0 ? [] : [() => ({ what: `no ${path.join(".")}`, input: without(sample, path) })]),
    ]),
    ...pathsOf(sample, [])
      .filter((path) => isRecord(read(sample, path)))
      .flatMap((path) =>
        HOSTILE_NAMES.map((name) => () => ({
          what: `${path.join(".")} has ${JSON.stringify(name)}`,
          input: withValue(sample, [...path, name], { isAdmin: true }),
        })),
      ),
  ];
}

function pathsOf(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (isRecord(value))
    return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
  return [path];
}

function withValue(sample: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy: object = Array.isArray(sample) ? [...sample] : { ...(sample as object) };
  const part = rest.length === 0 ? value : withValue(Reflect.get(copy, key), rest, value);
  // An assignment to __proto__ would change the copy, and not what it says.
  Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true, writable: true });
  return copy;
}

function without(sample: unknown, path: Path): unknown {
  const holder = structuredClone(sample);
  const parent = read(holder, path.slice(0, -1));
  if (typeof parent === "object" && parent !== null) Reflect.deleteProperty(parent, path.at(-1) as string);
  return holder;
}

function read(value: unknown, path: Path): unknown {
  return path.reduce((at, key) => Reflect.get(at as object, key), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
