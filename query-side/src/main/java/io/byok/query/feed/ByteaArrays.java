package io.byok.query.feed;

import java.sql.Array;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jooq.Binding;
import org.jooq.BindingSetStatementContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.IdentityConverter;
import org.jooq.impl.SQLDataType;

/**
 * Arrays of bytes as the driver sends them, in their binary form. What jOOQ makes of them by itself is a text with an octal
 * number for each byte, four times as long, which took most of the time of an append to the audit logs.
 */
final class ByteaArrays {

    private static final Consumer<Object> NEVER = _ -> {
        throw new UnsupportedOperationException("only ever bound");
    };
    private static final DataType<byte[][]> TYPE = SQLDataType.BLOB
            .getArrayDataType()
            .asConvertedDataType(Binding.of(
                    new IdentityConverter<>(byte[][].class),
                    sql -> sql.render().sql(sql.variable()).sql("::bytea[]"),
                    NEVER,
                    ByteaArrays::set));

    private ByteaArrays() {}

    /** @param values lent until the statement was sent; single ones may be null */
    static Field<byte[][]> of(byte[][] values) {
        return DSL.val(values, TYPE);
    }

    private static void set(BindingSetStatementContext<byte[][]> bind) {
        try {
            Array array = bind.statement().getConnection().createArrayOf("bytea", bind.value());
            bind.statement().setArray(bind.index(), array);
        } catch (SQLException e) {
            throw new DataAccessException("an array of bytes was not taken", e);
        }
    }
}
