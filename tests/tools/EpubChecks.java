import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * EPUB files in; a line a file, and of each a line for everything EPUBCheck says of it, then a line that it was judged.
 *
 * <p>The lines are separated by tabs: {@code file, path}, {@code remark, severity, code, place, words} and
 * {@code judged}. The judge wakes up once for all files.
 */
final class EpubChecks {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static final class Telling extends MasterReport {
        Telling(String path) {
            setEpubFileName(path);
            setLocale(Locale.ENGLISH);
            setReportingLevel(ReportingLevel.Usage);
        }

        @Override
        public void message(Message message, EPUBLocation location, Object... values) {
            String place = location.getLine() < 0
                    ? location.getPath()
                    : location.getPath() + ":" + location.getLine() + ":" + location.getColumn();
            tell("remark", message.getSeverity().toString().toLowerCase(Locale.ROOT), message.getID(), place,
                    message.getMessage(values));
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {}
    }

    public static void main(String[] paths) {
        for (String path : paths) {
            Telling report = new Telling(path);
            tell("file", path);
            new EpubCheck(new File(path), report).doValidate();
            tell("judged");
        }
    }

    private static void tell(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.length() == 0 ? "" : "\t").append(String.valueOf(word).replaceAll("\\s+", " "));
        }
        OUT.println(line);
    }
}
