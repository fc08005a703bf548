import { applyDecorators } from '@nestjs/common';
import { Allow, InPerson } from '@app/access';
import { Untold } from '@app/platform';
import { BRANCH_PEOPLE } from './referral/referral.policy.js';

/** Beside every operation of a branch: for its people alone, themselves and not by a token, and counted in no figure. */
export const BehindTheWall = () => applyDecorators(Allow(...BRANCH_PEOPLE), InPerson(), Untold());
