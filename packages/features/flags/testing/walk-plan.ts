// Which steps are allowed, and what they make of what is promised. It shares no code with the product.
import { type Model, startModel } from "./walk-model";
import { memberOf, type Step, targetOf } from "./walk-steps";

const isUnderWay = ({ state }: Model) => state === "running" || state === "paused" || state === "off";
const doRowsCount = ({ state, winner }: Model) =>
  state === "flag" || state === "draft" || (state === "ended" && winner === null);

/** What the step does to the model; or that it is refused, or not worth taking. */
export function planOf(model: Model, step: Step): (() => unknown) | "refused" | "pointless" {
  const { state } = model;
  switch (step.do) {
    case "say":
      return doRowsCount(model) ? () => say(model, step) : "refused";
    case "join":
      return () => join(model, step);
    case "convert":
      if (state !== "flag" || model.everybody) return "refused";
      return () => Object.assign(model, NEW_DRAFT(), { unit: step.unit });
    case "revert":
      if (state === "flag" || model.given.size > 0) return "refused";
      return () => Object.assign(model, NEW_DRAFT(), { state: "flag", everybody: false });
    case "edit":
      // What stays as it is may be saved again even after the end.
      if (state === "flag" || state === "ended") return "pointless";
      return () => {
        model.targeted = step.targeted;
        model.traffic = step.traffic;
        model.weights = { control: 100 - step.treatment, treatment: step.treatment };
      };
    case "choose":
      return state === "draft" ? () => Object.assign(model, { unit: step.unit }) : "pointless";
    case "act":
      return planOfAction(model, step.action);
    case "switch":
      if (state === "flag") return () => Object.assign(model, { everybody: step.isOn });
      return () => turn(model, step.isOn);
    case "write":
      return planOfWrite(model, step.enabled);
    case "conclude":
      return isUnderWay(model)
        ? () => Object.assign(model, { state: "ended", winner: step.winner })
        : "refused";
  }
}

const NEW_DRAFT = (): Partial<Model> => ({
  state: "draft",
  winner: null,
  isArchived: false,
  isTurnedOff: false,
  imported: new Map(),
  given: new Map(),
  targeted: true,
  traffic: 100,
  weights: { control: 50, treatment: 50 },
});

function planOfAction(
  model: Model,
  action: Extract<Step, { do: "act" }>["action"],
): (() => unknown) | "refused" {
  const { state, isTurnedOff, isArchived } = model;
  const isOff = state === "off" || isTurnedOff;
  if (state === "flag") return "refused";
  if (action === "turn_off" || action === "turn_on")
    return isOff === (action === "turn_on") ? () => turn(model, isOff) : "refused";
  if (action === "start") return state === "draft" && !isTurnedOff ? () => startModel(model) : "refused";
  if (action === "archive")
    return (state === "draft" || state === "ended") && !isArchived
      ? () => Object.assign(model, { state: "ended", isArchived: true })
      : "refused";
  const [from, to] = action === "pause" ? (["running", "paused"] as const) : (["paused", "running"] as const);
  return state === from ? () => Object.assign(model, { state: to }) : "refused";
}

/** A raw write of `enabled`, by code that knows of no experiments. */
function planOfWrite(model: Model, enabled: boolean): (() => unknown) | "refused" {
  const { state } = model;
  if (state === "flag") return () => Object.assign(model, { everybody: enabled });
  if (state === "running" || state === "off")
    return () => Object.assign(model, { state: enabled ? "running" : "off" });
  return enabled ? "refused" : () => {};
}

function turn(model: Model, isOn: boolean): void {
  if (!isUnderWay(model)) model.isTurnedOff = !isOn;
  else if (!isOn) model.state = "off";
  else if (model.state === "off") model.state = "running";
}

function say(
  { people, rows }: Model,
  { kind, index: at, override: said }: Extract<Step, { do: "say" }>,
): void {
  const key = `${kind}:${targetOf({ people }, kind, at)}`;
  if (said === "inherit") rows.delete(key);
  else rows.set(key, said === "on");
}

function join({ people, joined }: Model, { index: at, isJoined }: Extract<Step, { do: "join" }>): void {
  const { userId, teamId } = memberOf({ people }, at);
  const teams = joined.get(userId) ?? new Set();
  if (isJoined) teams.add(teamId);
  else teams.delete(teamId);
  joined.set(userId, teams);
}
