export interface FileTime {
  file: string;
  seconds: number;
}

export interface StageResult {
  passed: number;
  failed: number;
  skipped: number;
  /** Shown where something failed. */
  report: string;
  /** How long each file of tests took: where time can be saved. */
  times?: FileTime[];
}

export interface Stage {
  name: string;
  run(filters: string[]): Promise<StageResult>;
}

/** Groups one after the other; what is in a group side by side, be it a stage or groups that follow one another. */
export type Plan = (Stage | Plan)[][];

/** A stage that is one check, which holds or does not. */
export function single(code: number, output: string): StageResult {
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0, report: "" }
    : { passed: 0, failed: 1, skipped: 0, report: output };
}
