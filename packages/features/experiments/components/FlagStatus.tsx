import { StatusDot, type StatusDotProps } from "@calcom/ui";

interface FlagStanding {
  isOn: boolean;
  isKillSwitch: boolean;
  /** Whether it is on for a share only. */
  isForSome?: boolean;
}

/** The state of a flag, which its children say, as it looks on every page. */
export function FlagStatus({
  isOn,
  isKillSwitch,
  isForSome = false,
  ...props
}: FlagStanding & Omit<StatusDotProps, "tone" | "shape">) {
  return <StatusDot {...lookOf({ isOn, isKillSwitch, isForSome })} {...props} />;
}

/** A kill switch that is on has stopped something: that is no error, and not as usual. */
function lookOf({
  isOn,
  isKillSwitch,
  isForSome,
}: Required<FlagStanding>): Pick<StatusDotProps, "tone" | "shape"> {
  if (!isOn) return { tone: "muted", shape: "ring" };
  if (isKillSwitch) return { tone: "warning", shape: "stop" };
  return { tone: "success", shape: isForSome ? "half" : "full" };
}
