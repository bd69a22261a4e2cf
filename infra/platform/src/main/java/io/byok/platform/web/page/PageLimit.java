package io.byok.platform.web.page;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import org.jspecify.annotations.Nullable;

/** How many items a page holds. */
public final class PageLimit {

    public static final int USUAL = 50;
    public static final int MOST = 100;

    private PageLimit() {}

    /** 50 unless told otherwise. @throws BadRequest for anything but 1 to 100 */
    public static int parse(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw new BadRequest(ProblemCode.PARAMETER_INVALID, "limit takes a number from 1 to " + MOST);
    }
}
