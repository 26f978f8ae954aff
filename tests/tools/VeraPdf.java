import java.io.File;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * PDF files and flavours ("2a", "ua1", …) in; a line a file, and of each one line a flavour and one line a broken rule.
 *
 * <p>The arguments are flavours, then {@code --}, then files. The lines are separated by tabs: {@code file, path},
 * {@code judged, flavour, checks} and {@code broken, flavour, rule, times, where, why}. The status tells only whether it
 * could judge.
 */
final class VeraPdf {
    private record Broken(int times, TestAssertion first) {
        Broken again() {
            return new Broken(times + 1, first);
        }
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<String> given = Arrays.asList(arguments);
        int end = given.indexOf("--");
        for (String path : given.subList(end + 1, given.size())) {
            tell("file", path);
            for (String flavour : given.subList(0, end)) {
                judge(new File(path), flavour);
            }
        }
    }

    private static void judge(File file, String flavour) throws Exception {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (PDFAParser parser = foundry.createParser(file, PDFAFlavour.byFlavourId(flavour))) {
            var result = foundry.createValidator(profile(flavour), false).validate(parser);
            tell("judged", flavour, result.getTotalAssertions());
            Map<String, Broken> rules = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    rules.merge(rule, new Broken(1, assertion), (known, extra) -> known.again());
                }
            }
            rules.forEach((rule, broken) -> tell("broken", flavour, rule, broken.times(),
                    broken.first().getLocation().getContext(), broken.first().getMessage()));
        }
    }

    private static ValidationProfile profile(String flavour) throws Exception {
        String name = switch (flavour) {
            case "ua1" -> "PDFUA-1";
            case "ua2" -> "PDFUA-2-ISO32005";
            default -> "PDFA-" + flavour.toUpperCase(Locale.ROOT);
        };
        try (var xml = VeraPdf.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            return Profiles.profileFromXml(xml);
        }
    }

    private static void tell(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.length() == 0 ? "" : "\t").append(String.valueOf(word).replaceAll("\\s+", " "));
        }
        System.out.println(line);
    }
}
