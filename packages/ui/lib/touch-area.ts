/**
 * Under a finger a control of any size is hit within 44 pixels, without being drawn larger. The control is `relative`,
 * and stands far enough from the next one.
 */
export const touchAreaClasses = [
  "pointer-coarse:after:absolute pointer-coarse:after:top-1/2 pointer-coarse:after:left-1/2",
  "pointer-coarse:after:h-full pointer-coarse:after:min-h-11 pointer-coarse:after:w-full pointer-coarse:after:min-w-11",
  "pointer-coarse:after:-translate-x-1/2 pointer-coarse:after:-translate-y-1/2",
];
