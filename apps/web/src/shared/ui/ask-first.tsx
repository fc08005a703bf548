import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/use-words.js';
import { Button } from './button.js';

interface AskFirstProps {
  /** On the button that asks, and on the one that does it. */
  label: string;
  /** What the button is called where many stand on one page. */
  name?: string;
  kind?: 'primary' | 'plain' | 'quiet';
  title: string;
  /** What follows, and what is to be said about it. */
  children: ReactNode;
  isPending: boolean;
  /** Whether everything was said that must be. */
  ready?: boolean;
  onConfirm: () => void;
}

/** The one question before what cannot be undone: it names the count and what follows. */
export function AskFirst({
  label,
  name,
  kind = 'plain',
  title,
  children,
  isPending,
  ready = true,
  onConfirm,
}: AskFirstProps) {
  const { t } = useWords();
  return (
    <DialogTrigger>
      <Button kind={kind} isPending={isPending} {...(name && { 'aria-label': name })}>
        {label}
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
                  {title}
                </Heading>
                {children}
                <div className="flex flex-wrap gap-2">
                  <Button
                    kind="primary"
                    isDisabled={!ready}
                    onPress={() => {
                      close();
                      onConfirm();
                    }}
                  >
                    {label}
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
