import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';

interface ConfirmIssueProps {
  count: number;
  notReady: number;
  isPending: boolean;
  onConfirm: () => void;
}

/** The one question before what cannot be undone: it names the count and what follows. */
export function ConfirmIssue({ count, notReady, isPending, onConfirm }: ConfirmIssueProps) {
  const { t, number } = useWords();
  return (
    <DialogTrigger>
      <Button kind="primary" isPending={isPending}>
        {t('certificates.issue', { count })}
      </Button>
      <ModalOverlay
        isDismissable
        className="fixed inset-0 z-30 grid items-end bg-nili-900/50 p-3 sm:place-items-center sm:items-center"
      >
        <Modal className="w-full max-w-md rounded-card bg-wool-0 shadow-float">
          <Dialog role="alertdialog" className="grid gap-3 p-5 outline-none">
            {({ close }) => (
              <>
                <Heading slot="title" className="text-18 font-label">
                  {t('certificates.confirmTitle', { count })}
                </Heading>
                <p className="text-14">
                  {t('certificates.confirm')}
                  {notReady > 0 && ` ${t('certificates.leftOut', { count: notReady, people: number(notReady) })}`}
                </p>
                <div className="flex flex-wrap gap-2">
                  <Button
                    kind="primary"
                    onPress={() => {
                      close();
                      onConfirm();
                    }}
                  >
                    {t('certificates.issue', { count })}
                  </Button>
                  <Button onPress={close}>{t('cancel')}</Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
