import { Choice } from '../../shared/components/choice.tsx';
import { changeLocale, locale, textsOf } from '../../shared/i18n/locale.ts';
import { theme } from '../../shared/theme.ts';
import { shellMessages } from './messages.ts';

const LANGUAGES = { en: 'English', ko: '한국어' };

export function FanFooter() {
  const texts = textsOf(shellMessages);
  return (
    <footer class="footer row">
      <Choice label={texts.language} value={locale.value} options={LANGUAGES} onChange={changeLocale} />
      <Choice
        label={texts.theme}
        value={theme.value}
        options={texts.themes}
        onChange={(chosen) => {
          theme.value = chosen;
        }}
      />
    </footer>
  );
}
