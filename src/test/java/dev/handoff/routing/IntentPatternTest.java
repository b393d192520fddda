package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntentPatternTest {

    @ParameterizedTest(name = "{0} has {1}: {2}")
    @CsvSource({
        "orders.Return,        orders.Return,            true",
        "orders.Return,        ORDERS.return,            true",
        "orders.Return,        orders.Returns,           false",
        "orders.Return,        orders,                   false",
        "orders.Return,        orders.Return.Late,       false",
        "orders.*,             orders.Return,            true",
        "Orders.*,             orders.return.late,       true",
        "orders.*,             orders,                   false",
        "orders.*,             orders.,                  false",
        "orders.*,             ordersx.Return,           false",
        "orders.*,             order.Return,             false",
        "orders.*,             my.orders.Return,         false",
        "orders.return.*,      orders.return.late,       true",
        "orders.return.*,      orders.returned.late,     false",
        "orders.return.*,      orders.return,            false",
        "banks_2.*,            banks_2.TransferMoney,    true",
        "banks_2.*,            banks_22.TransferMoney,   false",
        "orders.*,             orders.*,                 true",
        "Default Welcome,      default welcome,          true",
        "مبيعات.*,             مبيعات.عرض,               true",
        "🛒.*,                 🛒.checkout,              true",
        "Übergabe.*,           übergabe.Mensch,          true",
    })
    void matchesWholeSegmentsWithoutRegardToCase(String pattern, String intent, boolean matches) {
        assertThat(new IntentPattern(pattern).fault()).isNull();
        assertThat(new IntentPattern(pattern).matches(intent)).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "orders.*,       orders.Return,     true",
        "orders.*,       ORDERS.Return.*,   true",
        "orders.*,       Orders.*,          true",
        "orders.Return,  orders.return,     true",
        "orders.Return,  orders.*,          false",
        "orders.Return.*, orders.*,         false",
        "orders,         orders.*,          false",
        "orders.*,       orders,            false",
        "orders.*,       ordersx.*,         false",
    })
    void knowsWhatALaterRowCannotWin(String earlier, String later, boolean covers) {
        assertThat(new IntentPattern(earlier).covers(new IntentPattern(later))).isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "orders.", ".Return", "orders..Return", "orders. .Return", "orders .Return",
        " orders.Return", "orders.Return ", "*", "*.Return", "orders.*.Return", "orders.Ret*", "orders.**", "*.*", "orders*",
        "orders.*.*", "..*", ".*"})
    void refusesWhatIsMalformed(String pattern) {
        assertThat(new IntentPattern(pattern).fault()).isNotBlank();
    }
}
