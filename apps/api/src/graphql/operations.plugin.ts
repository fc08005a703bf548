import type { ApolloServerPlugin } from '@apollo/server';
import { operationSeconds } from '@app/platform';

/** Times every operation of our own clients by its name; what others name is counted together, what is untold not at all. */
export const measuresOperations: ApolloServerPlugin = {
  requestDidStart: () => {
    const end = operationSeconds.startTimer();
    return Promise.resolve({
      willSendResponse: ({ operation, errors, schema }) => {
        const field = operation?.selectionSet.selections[0];
        const name = field?.kind === 'Field' ? field.name.value : 'none';
        const root = operation && schema.getRootType(operation.operation);
        if (root?.getFields()[name]?.extensions.untold) return Promise.resolve();
        end({
          operation: errors?.length && !operation ? 'none' : name,
          outcome: errors?.length ? 'failed' : 'answered',
        });
        return Promise.resolve();
      },
    });
  },
};
