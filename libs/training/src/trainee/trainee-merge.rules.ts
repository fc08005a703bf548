/** Why two trainees are not merged: rules U1 to U4 of the README. */
export enum MergeRefusal {
  SAME_ROW = 'SAME_ROW', // U1
  ALREADY_MERGED = 'ALREADY_MERGED', // U2: one of the two was merged before
  BOTH_IN_ONE_RUN = 'BOTH_IN_ONE_RUN', // U3: then they are two people, or one of the places is wrong
  ALSO_ELSEWHERE = 'ALSO_ELSEWHERE', // U4: one of them has places out of reach of who asks: the office above does it
}

/** What is known of two trainees when they are to be merged. */
interface MergeFacts {
  mergedBefore: number;
  sharedRuns: number;
  outOfReach: number;
}

/** @returns the first rule that refuses, or null */
export function refuseMerge({ mergedBefore, sharedRuns, outOfReach }: MergeFacts): MergeRefusal | null {
  if (mergedBefore > 0) return MergeRefusal.ALREADY_MERGED;
  if (outOfReach > 0) return MergeRefusal.ALSO_ELSEWHERE;
  return sharedRuns > 0 ? MergeRefusal.BOTH_IN_ONE_RUN : null;
}
