import { ask } from './ask.js';
import { graphql, type Fields, type ResultOf } from './graphql.js';

const Viewer = graphql(`
  query Viewer {
    viewer {
      userId
      displayName
      grantId
      role
      viewerCan
      grants {
        id
        role
      }
    }
  }
`);

export type Viewer = NonNullable<ResultOf<typeof Viewer>['viewer']>;

/** An operation of the API by its name. */
type Operation = keyof Fields<'Query'> | keyof Fields<'Mutation'>;

/**
 * Whether the API lets the viewer's role try an operation: for the way to something that belongs to no row. What may be
 * done to a row the API tells with the row.
 */
export const may = (viewer: Viewer | null | undefined, operation: Operation): boolean =>
  viewer?.viewerCan.includes(operation) ?? false;

/** Who is signed in, and in which role; null when nobody is. */
export const viewerQuery = ask(Viewer, {});
