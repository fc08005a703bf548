import { ask } from './ask.js';
import { graphql, type EnumOf, type ResultOf } from './graphql.js';

const Viewer = graphql(`
  query Viewer {
    viewer {
      userId
      displayName
      grantId
      role
      grants {
        id
        role
      }
    }
  }
`);

export type Viewer = NonNullable<ResultOf<typeof Viewer>['viewer']>;

type Role = EnumOf<'Role'>;

/**
 * Which roles are shown the way to something that belongs to no row. What may be done to a row the API tells with the
 * row; and whatever is shown, the API decides.
 */
export const shownTo: Record<'planning' | 'issuing' | 'certificates', readonly Role[]> = {
  planning: ['COUNTY_OFFICER'],
  issuing: ['COUNTY_OFFICER', 'PROVINCIAL_OFFICER'],
  certificates: ['COUNTY_OFFICER', 'PROVINCIAL_OFFICER', 'NATIONAL_OFFICER', 'ASSESSOR', 'INSTITUTE_MANAGER'],
};

/** Who is signed in, and in which role; null when nobody is. */
export const viewerQuery = ask(Viewer, {});
