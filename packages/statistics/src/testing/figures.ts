/**
 * Every figure of a result, a line for each part of it, to eight digits: what is to be compared with what the engine said
 * before. Node's versions agree on far more digits than these.
 */
export function figuresOf(result: object): string {
  return Object.entries(result)
    .flatMap(([part, value]) =>
      Array.isArray(value) && value.length > 0
        ? value.map((one, index) => `${part}[${index}] ${written(one)}`)
        : [`${part} ${written(value)}`],
    )
    .join("\n");
}

function written(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "number" && !Number.isInteger(inner) ? Number(inner.toPrecision(8)) : inner,
  );
}
