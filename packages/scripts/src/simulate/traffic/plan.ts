import { ScriptError } from "@calcom/lib/script-error";
import { InvalidArgumentError } from "commander";
import type { ExperimentConfig } from "../internals";

export interface TrafficOptions {
  experiment: string;
  subjects: number;
  rate: Record<string, number>;
  days: number;
  event?: string;
  seed?: number;
}

/** What is to be done to an experiment that can take it. */
export interface TrafficPlan {
  slug: string;
  unit: ExperimentConfig["unit"];
  count: number;
  /** Chance to convert, by variant. */
  rates: Record<string, number>;
  event: string;
  /** Over how many days up to now they come; 0 for now. */
  days: number;
  windowDays: number;
}

/** `--rate control=0.10`, as often as there are variants. */
export function addRate(text: string, rates: Record<string, number> = {}): Record<string, number> {
  const at = text.lastIndexOf("=");
  const [variant, share] = [text.slice(0, at), text.slice(at + 1)];
  const rate = Number(share);
  if (at < 1 || share.trim() === "" || !(rate >= 0 && rate <= 1))
    throw new InvalidArgumentError("Say a variant and a share of 0 to 1, such as control=0.10.");
  if (Object.hasOwn(rates, variant)) throw new InvalidArgumentError(`${variant} has a rate already.`);
  return { ...rates, [variant]: rate };
}

/** @throws ScriptError that says what is wrong with the request */
export function planTraffic(slug: string, config: ExperimentConfig, options: TrafficOptions): TrafficPlan {
  if (config.status !== "running")
    throw new ScriptError(
      `${slug} is ${config.status}, so that nobody new takes part: start it at /settings/admin/experiments/${slug}.`,
    );
  return {
    slug,
    unit: config.unit,
    count: options.subjects,
    rates: checkedRates(slug, config, options.rate),
    event: options.event ?? eventOf(slug, config),
    days: options.days,
    windowDays: config.conversionWindowDays,
  };
}

function checkedRates(
  slug: string,
  { variants }: ExperimentConfig,
  rates: Record<string, number>,
): Record<string, number> {
  const names = variants.map(({ name }) => name);
  const unknown = Object.keys(rates).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new ScriptError(`${slug} has no variant "${unknown}"; it has ${names.join(", ")}.`);
  const missing = names.filter((name) => !Object.hasOwn(rates, name));
  if (missing.length > 0)
    throw new ScriptError(
      `Say how many convert in each variant: ${missing.map((name) => `--rate ${name}=0.10`).join(" ")} is missing.`,
    );
  return rates;
}

function eventOf(slug: string, { metrics, clientEvents }: ExperimentConfig): string {
  const { primary } = metrics;
  if (primary?.startsWith("event:")) return primary.slice("event:".length);
  if (primary !== null)
    throw new ScriptError(
      `${slug} measures ${primary}, which is no event that could be reported: name another one with --event.`,
    );
  const [event] = clientEvents;
  if (event === undefined)
    throw new ScriptError(`${slug} names neither a primary metric nor an event: name one with --event.`);
  return event;
}
