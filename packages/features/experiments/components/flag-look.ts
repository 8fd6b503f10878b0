import type { StatusDotProps } from "@calcom/ui";

interface Standing {
  isOn: boolean;
  isKillSwitch: boolean;
  /** Whether it is on for a share only. */
  isForSome?: boolean;
}

/** How the state of a flag looks, wherever it is said. A kill switch that is on has stopped something: no error, and not as usual. */
export function flagLook({
  isOn,
  isKillSwitch,
  isForSome = false,
}: Standing): Required<Pick<StatusDotProps, "tone" | "shape">> {
  if (!isOn) return { tone: "muted", shape: "ring" };
  if (isKillSwitch) return { tone: "warning", shape: "stop" };
  return { tone: "success", shape: isForSome ? "half" : "full" };
}
