import type { ApolloServerPlugin } from '@apollo/server';
import { operationSeconds } from '@app/platform';

/** Times every operation of our own clients by its name; what others name is counted together. */
export const measuresOperations: ApolloServerPlugin = {
  requestDidStart: () => {
    const end = operationSeconds.startTimer();
    return Promise.resolve({
      willSendResponse: ({ operation, errors }) => {
        const field = operation?.selectionSet.selections[0];
        const name = field?.kind === 'Field' ? field.name.value : 'none';
        end({
          operation: errors?.length && !operation ? 'none' : name,
          outcome: errors?.length ? 'failed' : 'answered',
        });
        return Promise.resolve();
      },
    });
  },
};
